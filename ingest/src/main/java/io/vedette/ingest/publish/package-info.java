/** The way of a record into Kafka, which may be away for a while. */
@NullMarked
package io.vedette.ingest.publish;

import org.jspecify.annotations.NullMarked;
