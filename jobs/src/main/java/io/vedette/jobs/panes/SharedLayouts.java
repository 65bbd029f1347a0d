package io.vedette.jobs.panes;

/**
 * Layouts that replicas have in common: those of one engine's version mostly tell of the same series in the same order, and then one layout does for
 * all of them. Remembers the newest few. Not thread-safe.
 */
public final class SharedLayouts {
    private static final int MOST = 16;

    private final SeriesLayout[] newestFirst = new SeriesLayout[MOST];
    private int size;

    /** A layout with the same series in the same order that no longer changes; it may be the one that is given. */
    public SeriesLayout of(SeriesLayout layout) {
        if (layout.isShared()) {
            return layout;
        }
        for (int i = 0; i < size; i++) {
            if (newestFirst[i].hasSameSeries(layout)) {
                return newestFirst[i];
            }
        }
        layout.share();
        size = Math.min(MOST, size + 1);
        System.arraycopy(newestFirst, 0, newestFirst, 1, size - 1);
        newestFirst[0] = layout;
        return layout;
    }
}
