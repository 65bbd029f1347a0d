package io.vedette.model.frame;

import java.util.ArrayList;
import java.util.List;

/**
 * Windows that are written in one message, since what is written of them has the same form. Not thread-safe.
 *
 * @param <K> the form
 * @param <V> what is written of a window
 */
record WindowGroup<K, V>(K key, Longs windows, List<V> values) {
    /** The group of a form, which is added where there is none. */
    static <K, V> WindowGroup<K, V> of(K key, List<WindowGroup<K, V>> groups) {
        for (WindowGroup<K, V> group : groups) {
            if (group.key.equals(key)) {
                return group;
            }
        }
        WindowGroup<K, V> added = new WindowGroup<>(key, new Longs(4), new ArrayList<>(4));
        groups.add(added);
        return added;
    }

    void add(int window, V value) {
        windows.add(window);
        values.add(value);
    }
}
