package io.vedette.model.catalogue;

import io.vedette.model.signal.Signal;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What a metric, or those of its series that carry certain labels, means.
 *
 * @param metric its name on the wire, a histogram's without {@code _bucket}
 * @param source the number of the alternative that it belongs to, among all of its signal: the smallest one that an engine shows is read, the others
 *     are left alone
 * @param dimension what it counts (finish reason, status class); empty where the signal has no dimension or a label says it
 * @param dimensionLabels labels that say it, by preference; a series without any of them has not this meaning. Empty where no label says it
 * @param believedWith values of the dimension of which an engine must show one, else what it says is not believed; empty where it always is
 * @param where labels that a series must have
 * @param without labels that a series must not have
 * @param factor what a value is multiplied with to be in the signal's unit; positive and finite
 * @param valueLabel a label that holds the value in the place of the sample's; empty where none does
 * @param otherwise the value of a sample without that label; NaN where it then says nothing
 * @param labels whose series it is
 */
public record Meaning(
        String metric,
        Signal signal,
        int source,
        String dimension,
        List<String> dimensionLabels,
        List<String> believedWith,
        Map<String, String> where,
        List<String> without,
        double factor,
        String valueLabel,
        double otherwise,
        LabelAliases labels)
        implements Serializable {
    public Meaning {
        if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("factor must be positive and finite: " + factor);
        }
        dimensionLabels = List.copyOf(dimensionLabels);
        believedWith = List.copyOf(believedWith);
        where = Map.copyOf(where);
        without = List.copyOf(without);
    }

    /** The same under another name, as another alternative. */
    Meaning as(String otherMetric, int otherSource) {
        return new Meaning(
                otherMetric,
                signal,
                otherSource,
                dimension,
                dimensionLabels,
                believedWith,
                where,
                without,
                factor,
                valueLabel,
                otherwise,
                labels);
    }
}
