import { defineCodemod } from '../../src/host/define-codemod.ts';
import { tierSizes } from '../../src/rewrites/tier-sizes.ts';

export default defineCodemod({
  name: 'tiered-fixtures',
  description: 'Run tests with production-size data at small sizes in the fast run, and at their own sizes in the slow run.',
  options: {
    maxElements: { type: 'integer', minimum: 1, default: 65_536, description: 'Elements from which a tensor or buffer is production size.' },
    maxSequence: { type: 'integer', minimum: 1, default: 256, description: 'Length from which a sequence-like dimension is production size.' },
    maxWeights: { type: 'integer', minimum: 1, default: 65_536, description: 'Weights from which a layer or model is production size.' },
    maxSamples: { type: 'integer', minimum: 1, default: 5_000, description: 'Samples from which a data set is production size.' },
  },
  plan({ analysis, options, measured }) {
    return tierSizes(analysis, options).filter(({ sizes }) => sizes.some(({ fact }) => measured.verdictOn(fact.tests)?.type !== 'under'));
  },
});
