package io.vedette.jobs.panes;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which columns of a growth belong to which series, one series behind the other. Immutable, so that many growths share one. */
public final class SeriesColumns {
    private final SeriesKey[] keys;
    private final int[] offsets;
    private final int width;
    private final byte[] written;

    /** Columns of series in this order. */
    public SeriesColumns(List<SeriesKey> series) {
        this(series, PaneCodec.writeKeys(series));
    }

    SeriesColumns(List<SeriesKey> series, byte[] written) {
        this.written = written;
        keys = series.toArray(SeriesKey[]::new);
        offsets = new int[keys.length];
        int next = 0;
        for (int i = 0; i < keys.length; i++) {
            offsets[i] = next;
            next += keys[i].width();
        }
        width = next;
    }

    /** As they are written: kept, since they are written with every report. Not to be written to. */
    byte[] written() {
        return written;
    }

    /** Number of series. */
    public int size() {
        return keys.length;
    }

    public SeriesKey key(int index) {
        return keys[index];
    }

    /** First column of a series. */
    public int offset(int index) {
        return offsets[index];
    }

    /** Number of columns. */
    public int width() {
        return width;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof SeriesColumns that && Arrays.equals(written, that.written));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(written);
    }

    @Override
    public String toString() {
        return Arrays.toString(keys);
    }
}
