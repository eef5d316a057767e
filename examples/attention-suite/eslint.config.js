import parser from '@typescript-eslint/parser';
import slowTests from 'eslint-plugin-slow-tests';

export default [{ files: ['**/*.ts'], languageOptions: { parser } }, slowTests.configs.recommended];
