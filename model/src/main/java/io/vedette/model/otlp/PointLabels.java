package io.vedette.model.otlp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Those labels of a data point that some meaning depends on, by a number given to each at the start. Not thread-safe. */
final class PointLabels {
    private final List<String> names = new ArrayList<>();
    private final ByteTable<Integer> numbers = new ByteTable<>(Integer.MAX_VALUE);
    private final Attribute attribute = new Attribute();
    private final Interner interner;
    private @Nullable String[] values = new String[0];

    PointLabels(Interner interner) {
        this.interner = interner;
    }

    /** The number of a label, to be asked for before the first point is read. */
    int number(String name) {
        int number = names.indexOf(name);
        if (number < 0) {
            number = names.size();
            names.add(name);
            numbers.put(name.getBytes(StandardCharsets.UTF_8), number);
            values = new String[names.size()];
        }
        return number;
    }

    /** Begins a point. */
    void clear() {
        Arrays.fill(values, null);
    }

    /** Reads an attribute whose tag was read; what is no text or empty is no label. */
    void read(Fields fields) throws IOException {
        attribute.read(fields);
        Integer number = numbers.get(fields.bytes(), attribute.keyOffset(), attribute.keyLength());
        if (number != null) {
            values[number] = attribute.isString() && attribute.valueLength() > 0
                    ? interner.text(fields.bytes(), attribute.valueOffset(), attribute.valueLength())
                    : null;
        }
    }

    /** The value of a label; null where the point has none. */
    @Nullable
    String value(int number) {
        return values[number];
    }

    /** The value of the first of these labels that the point has; null where it has none of them. */
    @Nullable
    String first(int[] byPreference) {
        for (int number : byPreference) {
            String value = values[number];
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
