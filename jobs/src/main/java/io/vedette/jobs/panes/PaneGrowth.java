package io.vedette.jobs.panes;

import java.util.List;

/**
 * What a member adds to one pane of its parent. The array is never changed.
 *
 * @param pane the pane's number
 * @param coveredMillis how much of the pane the member has covered in all, from 0 to its length
 * @param columns the series that the member told of, grown or not
 * @param packed their growth in fixed point, as {@link #values} gives it
 */
public record PaneGrowth(long pane, int coveredMillis, SeriesColumns columns, byte[] packed) {
    public PaneGrowth {
        if (PackedPane.width(packed) > columns.width()) {
            throw new IllegalArgumentException("growth beyond the " + columns.width() + " columns");
        }
    }

    /** Growth by column. */
    public static PaneGrowth of(long pane, int coveredMillis, SeriesColumns columns, long[] values) {
        return new PaneGrowth(pane, coveredMillis, columns, PackedPane.pack(values));
    }

    /** Growth by series. */
    public PaneGrowth(long pane, int coveredMillis, List<SeriesGrowth> series) {
        this(
                pane,
                coveredMillis,
                new SeriesColumns(series.stream().map(SeriesGrowth::key).toList()),
                PackedPane.pack(series.stream()
                        .flatMapToLong(s -> java.util.Arrays.stream(s.columns()))
                        .toArray()));
    }

    /** Growth by column, unpacked. */
    public long[] values() {
        long[] values = new long[columns.width()];
        PackedPane.addTo(values, packed, 1);
        return values;
    }

    /** Growth of one series. */
    public record SeriesGrowth(SeriesKey key, long[] columns) {
        public SeriesGrowth {
            if (columns.length != key.width()) {
                throw new IllegalArgumentException(key + " is " + key.width() + " columns wide, not " + columns.length);
            }
        }
    }
}
