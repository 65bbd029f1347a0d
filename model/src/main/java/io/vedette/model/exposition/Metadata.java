package io.vedette.model.exposition;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the {@code TYPE} and {@code UNIT} lines of one body say, by the name that they give. */
final class Metadata {

    record TypeLine(MetricType type, int line) {}

    private final Map<String, TypeLine> types = new HashMap<>();
    private final Map<String, String> units = new HashMap<>();

    /** False if an earlier line says something else, which then stands. */
    boolean addType(String name, MetricType type, int line) {
        TypeLine first = types.putIfAbsent(name, new TypeLine(type, line));
        return first == null || first.type() == type;
    }

    void addUnit(String name, String unit) {
        units.putIfAbsent(name, unit);
    }

    /** The line that gives this name a type; null if none does, or there is no name. */
    @Nullable
    TypeLine typeLine(@Nullable String name) {
        return name == null ? null : types.get(name);
    }

    MetricType type(String name) {
        TypeLine line = types.get(name);
        return line == null ? MetricType.UNKNOWN : line.type();
    }

    /** Empty if there is none. */
    String unit(@Nullable String name) {
        return name == null ? "" : units.getOrDefault(name, "");
    }
}
