// Everything that a level is made of; included once by each.

#include "lanes.h"
#include "compress.h"

#include "peak.h"
#include "lists.h"
#include "panels.h"
#include "convolve.h"
#include "pooled.h"
#include "winograd.h"
#include "patches.h"
#include "pools.h"
#include "rows.h"
#include "products.h"
#include "activations.h"
#include "norms.h"
#include "updates.h"

#define ENTRY(NAME) .NAME = NAME

const struct kernel_table TABLE = {
    .lanes = LANES,
    .filters = CONVOLVE_VECTORS * LANES,
    ENTRY(peak),
    ENTRY(count_nonzero),
    ENTRY(count_groups),
    ENTRY(list_groups),
    ENTRY(list_groups_of_bytes),
    ENTRY(csr_from_dense),
    ENTRY(csr_transpose),
    ENTRY(copy_panel),
    ENTRY(copy_from_panel),
    ENTRY(start_panel),
    ENTRY(sum_panel),
    ENTRY(add_listed_products),
    ENTRY(listed_transposed_products),
    ENTRY(convolve),
    ENTRY(sum_convolved),
    ENTRY(multiply_dense),
    ENTRY(multiply_dense_back),
    ENTRY(multiply_dense_turned),
    ENTRY(convolve_pooled),
    ENTRY(gather_corners),
    ENTRY(sum_pooled),
    ENTRY(spread_pooled),
    ENTRY(csr_from_pooled),
    ENTRY(csr_from_columns),
    ENTRY(winograd_kernel),
    ENTRY(winograd_patches),
    ENTRY(winograd_products),
    ENTRY(winograd_sums),
    ENTRY(winograd_pooled),
    ENTRY(winograd_gradients),
    ENTRY(winograd_kernel_backward),
    ENTRY(sum_patches),
    ENTRY(add_patches),
    ENTRY(multiply_channels),
    ENTRY(multiply_channels_back),
    ENTRY(max_pool),
    ENTRY(max_pool_backward),
    ENTRY(average_pool),
    ENTRY(average_pool_backward),
    ENTRY(read_bytes),
    ENTRY(transpose),
    ENTRY(add_to_rows),
    ENTRY(add_rows),
    ENTRY(sum_rows),
    ENTRY(multiply),
    ENTRY(scale),
    ENTRY(drop),
    ENTRY(add),
    ENTRY(maximum),
    ENTRY(relu),
    ENTRY(relu_backward),
    ENTRY(leaky_relu),
    ENTRY(leaky_relu_backward),
    ENTRY(elu),
    ENTRY(elu_backward),
    ENTRY(exponential),
    ENTRY(sigmoid),
    ENTRY(sigmoid_backward),
    .tanh = tanh_forward,
    ENTRY(tanh_backward),
    ENTRY(gelu),
    ENTRY(gelu_backward),
    ENTRY(silu),
    ENTRY(silu_backward),
    ENTRY(softplus),
    ENTRY(softplus_backward),
    ENTRY(softsign),
    ENTRY(softsign_backward),
    ENTRY(hard_sigmoid),
    ENTRY(hard_sigmoid_backward),
    ENTRY(softmax),
    ENTRY(softmax_backward),
    ENTRY(normalize_columns),
    ENTRY(normalize_columns_backward),
    ENTRY(add_squares),
    ENTRY(add_products),
    ENTRY(normalize_row),
    ENTRY(normalize_row_backward),
    ENTRY(add_row_products),
    ENTRY(sgd),
    ENTRY(momentum),
    ENTRY(rmsprop),
    ENTRY(rmsprop_variant),
    ENTRY(adam),
    ENTRY(amsgrad),
    ENTRY(nadam),
    ENTRY(adamax),
    ENTRY(adagrad),
    ENTRY(adadelta),
    ENTRY(lion),
    ENTRY(add_penalty),
    ENTRY(sum_penalty),
    ENTRY(limit),
};
