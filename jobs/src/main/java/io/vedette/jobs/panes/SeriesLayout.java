package io.vedette.jobs.panes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which columns belong to which series. Series are only ever added, so that columns keep their meaning. Not thread-safe. */
public final class SeriesLayout {
    private final List<SeriesKey> keys = new ArrayList<>();
    private final List<Integer> offsets = new ArrayList<>();
    private final Map<SeriesKey, Integer> indices = new HashMap<>();
    private int width;

    /** Index of a series, or −1 when it is not in the layout. */
    public int indexOf(SeriesKey key) {
        return indices.getOrDefault(key, -1);
    }

    /** Index of a series, which is added when it is new. */
    public int add(SeriesKey key) {
        Integer known = indices.get(key);
        if (known != null) {
            return known;
        }
        int index = keys.size();
        keys.add(key);
        offsets.add(width);
        indices.put(key, index);
        width += key.width();
        return index;
    }

    /** Number of series. */
    public int size() {
        return keys.size();
    }

    public SeriesKey key(int index) {
        return keys.get(index);
    }

    /** First column of a series. */
    public int offset(int index) {
        return offsets.get(index);
    }

    /** Number of columns. */
    public int width() {
        return width;
    }

    public SeriesLayout copy() {
        SeriesLayout copy = new SeriesLayout();
        keys.forEach(copy::add);
        return copy;
    }
}
