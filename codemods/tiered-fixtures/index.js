import { transformOf } from '../../dist/jscodeshift.cjs';

export default transformOf('tiered-fixtures');
