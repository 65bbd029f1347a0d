package io.vedette.alerts.exposition;

import java.io.IOException;
import java.io.OutputStream;

/** A part of what {@code /metrics} says: whole metric families in Prometheus' text format 0.0.4. Thread-safe. */
@FunctionalInterface
public interface Exposition {
    /** Writes the families as they are now. */
    void writeTo(OutputStream out) throws IOException;
}
