package io.vedette.jobs.track;

import io.vedette.jobs.panes.SeriesColumns;
import io.vedette.jobs.panes.SeriesKey;
import io.vedette.jobs.panes.SeriesLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The series that a replica told of last. It tells of the same ones nearly always, and then its growth shares their columns. Not thread-safe. */
final class ToldSeries {
    private int[] indices = {};
    private @Nullable SeriesLayout layout;
    private @Nullable SeriesColumns columns;

    /** The columns of the first so many series of an array, as they stand in the layout. */
    SeriesColumns columns(SeriesLayout of, int[] series, int size) {
        SeriesColumns known = columns;
        if (known != null && layout == of && Arrays.equals(indices, 0, indices.length, series, 0, size)) {
            return known;
        }
        List<SeriesKey> keys = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            keys.add(of.key(series[i]));
        }
        indices = Arrays.copyOf(series, size);
        layout = of;
        SeriesColumns told = new SeriesColumns(keys);
        columns = told;
        return told;
    }
}
