/**
 * Reads what a metrics endpoint answers: Prometheus text 0.0.4 and 1.0.0, and OpenMetrics. {@link
 * io.vedette.model.exposition.ExpositionParser} turns bytes into a {@link io.vedette.model.exposition.Scrape}.
 */
@NullMarked
package io.vedette.model.exposition;

import org.jspecify.annotations.NullMarked;
