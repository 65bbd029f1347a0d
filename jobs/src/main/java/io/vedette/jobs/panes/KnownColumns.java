package io.vedette.jobs.panes;

import java.io.IOException;
import java.util.Arrays;

/**
 * Columns that were read lately, so that those which come with every report are one object, and are not read again. Thread-safe: what two threads add
 * at once may be forgotten.
 */
public final class KnownColumns {
    private static final int MOST = 16;
    private static final SeriesColumns[] NONE = {};

    private volatile SeriesColumns[] newestFirst = NONE;

    /** The columns that were written in these bytes. */
    SeriesColumns of(byte[] written) throws IOException {
        SeriesColumns[] known = newestFirst;
        for (SeriesColumns columns : known) {
            if (Arrays.equals(columns.written(), written)) {
                return columns;
            }
        }
        SeriesColumns added = PaneCodec.readColumns(written);
        SeriesColumns[] more = new SeriesColumns[Math.min(MOST, known.length + 1)];
        more[0] = added;
        System.arraycopy(known, 0, more, 1, more.length - 1);
        newestFirst = more;
        return added;
    }
}
