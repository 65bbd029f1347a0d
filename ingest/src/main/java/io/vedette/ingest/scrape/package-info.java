/** Targets, and how their answers are fetched and classified. */
@NullMarked
package io.vedette.ingest.scrape;

import org.jspecify.annotations.NullMarked;
