/** Records of {@code vedette.samples}: OTLP metrics, written and read. */
@NullMarked
package io.vedette.model.otlp;

import org.jspecify.annotations.NullMarked;
