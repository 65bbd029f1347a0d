/** Reads cards through NVIDIA's management library, NVML. Only this package touches the binding. */
@NullMarked
package io.vedette.ingest.nvml;

import org.jspecify.annotations.NullMarked;
