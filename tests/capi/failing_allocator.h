/* An allocator that can be told to fail; it takes the place of the process's own. Used by one thread. */
#ifndef PLACEMENT_TESTS_CAPI_FAILING_ALLOCATOR_H
#define PLACEMENT_TESTS_CAPI_FAILING_ALLOCATOR_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The `n`-th allocation from now on fails, 1 being the next; `from_there_on` not 0: all later ones, too. */
void fail_allocation(int64_t n, int from_there_on);
/* None fails any more. How many were asked for since fail_allocation(). */
int64_t stop_failing(void);
/* Allocations that were not given back. */
int64_t allocations_held(void);

#ifdef __cplusplus
}
#endif

#endif
