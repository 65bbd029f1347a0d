package io.vedette.jobs.rules;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a model's configuration tells rules about it. Immutable.
 *
 * @param minReplicas how many of its replicas have to be up; NaN where it does not say
 * @param baseline what is expected of it; null where it names none
 */
public record ModelFacts(double minReplicas, @Nullable Baseline baseline) implements Serializable {
    /** Of a model that the configuration says nothing about. */
    public static final ModelFacts NONE = new ModelFacts(Double.NaN, null);
}
