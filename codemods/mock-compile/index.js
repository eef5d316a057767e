import { transformOf } from '../../dist/jscodeshift.cjs';

export default transformOf('mock-compile');
