/**
 * The agent: it scrapes its targets on a fixed schedule and publishes each scrape as one record. {@link io.vedette.ingest.Agent} is the way in.
 */
@NullMarked
package io.vedette.ingest;

import org.jspecify.annotations.NullMarked;
