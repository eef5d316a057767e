/** How closely is coverage counted: `functions` costs nothing, `blocks` tells branches apart and may take twice the time. */

export type Granularity = 'functions' | 'blocks';

/** Names of the variable that processes of a runner are started with. */
export const GRANULARITY_VARIABLE = 'SLOW_TESTS_COVERAGE';
