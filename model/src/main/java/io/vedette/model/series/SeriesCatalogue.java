package io.vedette.model.series;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.vedette.model.entity.EntityKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** All derived series: their names, what they mean and how they come from frames. {@code docs/series.md} is held against it. */
public final class SeriesCatalogue {
    private static final List<Definition> DEFINITIONS = Arrays.stream(EntityKind.values())
            .flatMap(kind -> new SeriesDefinitions(kind).all().stream())
            .toList();
    private static final List<Series> ALL =
            DEFINITIONS.stream().map(Definition::series).toList();
    private static final Map<String, Series> BY_NAME =
            ALL.stream().collect(toUnmodifiableMap(Series::name, Function.identity()));

    private SeriesCatalogue() {}

    /** Every series, by kind of entity and then by theme. */
    public static List<Series> all() {
        return ALL;
    }

    /** The series with a full name; empty when there is none. */
    public static Optional<Series> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    static List<Definition> definitions(EntityKind kind) {
        return DEFINITIONS.stream().filter(d -> d.series().kind() == kind).toList();
    }
}
