package io.vedette.model.series;

import io.vedette.model.entity.EntityKind;
import io.vedette.model.signal.Signal;
import java.util.List;

/**
 * A derived series as it is documented.
 *
 * @param kind of the entities that have it
 * @param name full name, with prefix, statistic and unit
 * @param labels besides those of the entity: none; {@code window}; or {@code window} and one more
 * @param unit in words: seconds, requests per second, ratio from 0 to 1
 * @param meaning one line; the HELP text of the exposition
 * @param sources signals that it is made of; none where it says something about the scrapes themselves
 * @param absence when it has no value, which always means unknown and never zero
 */
public record Series(
        EntityKind kind,
        String name,
        List<String> labels,
        String unit,
        String meaning,
        List<Signal> sources,
        String absence) {
    public Series {
        labels = List.copyOf(labels);
        sources = List.copyOf(sources);
    }

    /** What the names of a kind's series begin with. */
    public static String prefix(EntityKind kind) {
        return "vedette_" + kind.face().word() + '_';
    }

    /** The name without its prefix. */
    public String shortName() {
        return name.substring(prefix(kind).length());
    }

    /** Whether its values are those of quantiles; Prometheus' exposition has no type for such series. */
    public boolean hasQuantiles() {
        return labels.contains("quantile");
    }
}
