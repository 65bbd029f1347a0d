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
            .flatMap(kind -> definitionsOf(kind).stream())
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

    private static List<Definition> definitionsOf(EntityKind kind) {
        return switch (kind) {
            case REPLICA, MODEL -> new SeriesDefinitions(kind).all();
            case GPU -> new CardSeriesDefinitions(kind).ofCard();
            case NODE, REPLICA_GPUS -> new CardSeriesDefinitions(kind).ofCards();
        };
    }

    static List<Definition> definitions(EntityKind kind) {
        return DEFINITIONS.stream().filter(d -> d.series().kind() == kind).toList();
    }
}
