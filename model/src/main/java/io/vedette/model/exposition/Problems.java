package io.vedette.model.exposition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects the problems of one body: keeps the first, counts all. */
final class Problems {

    private static final int EXCERPT_LENGTH = 40;

    private final int max;
    private final List<Problem> first = new ArrayList<>();
    private final Map<ProblemReason, Integer> counts = new EnumMap<>(ProblemReason.class);

    Problems(int max) {
        this.max = max;
    }

    /** A name, short and printable. */
    static String excerpt(@Nullable String name) {
        if (name == null) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        int length = Math.min(name.length(), EXCERPT_LENGTH);
        for (int i = 0; i < length; i++) {
            char c = name.charAt(i);
            text.append(c >= ' ' && c < 0x7f ? c : '?');
        }
        return text.append(length < name.length() ? "…" : "").toString();
    }

    void add(int line, ProblemReason reason, String detail) {
        add(line, reason, () -> detail);
    }

    /** The detail is asked for only while problems are kept: a body of nothing but bad lines must not be dear. */
    void add(int line, ProblemReason reason, Supplier<String> detail) {
        counts.merge(reason, 1, Integer::sum);
        if (first.size() < max) {
            first.add(new Problem(line, reason, detail.get()));
        }
    }

    List<Problem> first() {
        first.sort(Comparator.comparingInt(Problem::line));
        return first;
    }

    Map<ProblemReason, Integer> counts() {
        return counts;
    }
}
