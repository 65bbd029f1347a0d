/** The node's cards as a target: who reads them, what is remembered of them, which replica holds which, and how it is written. */
@NullMarked
package io.vedette.ingest.cards;

import org.jspecify.annotations.NullMarked;
