package io.vedette.model.otlp;

import io.vedette.model.catalogue.Meaning;
import io.vedette.model.signal.Signal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A metric that the reader looks at: it says something about engines, or about the scrape. */
record KnownMetric(Use use, List<Interpretation> interpretations) {

    /** What a metric is good for. */
    enum Use {
        ENGINES,
        UP,
        SCRAPE_DURATION,
        PROCESS_START,
        AGENT_TARGETS
    }

    /** A {@link Meaning} with labels by their numbers. */
    record Interpretation(
            Signal signal,
            int source,
            String dimension,
            int[] dimensionLabels,
            List<String> believedWith,
            int[] whereLabels,
            String[] whereValues,
            int[] withoutLabels,
            double factor,
            int[] engineLabels,
            int[] replicaLabels,
            int[] modelLabels,
            int[] foreignLabels) {

        static Interpretation of(Meaning meaning, PointLabels labels) {
            List<Map.Entry<String, String>> where = List.copyOf(meaning.where().entrySet());
            return new Interpretation(
                    meaning.signal(),
                    meaning.source(),
                    meaning.dimension(),
                    numbers(meaning.dimensionLabels(), labels),
                    meaning.believedWith(),
                    where.stream().mapToInt(e -> labels.number(e.getKey())).toArray(),
                    where.stream().map(Map.Entry::getValue).toArray(String[]::new),
                    numbers(meaning.without(), labels),
                    meaning.factor(),
                    numbers(meaning.labels().engine(), labels),
                    numbers(meaning.labels().replica(), labels),
                    numbers(meaning.labels().modelName(), labels),
                    numbers(meaning.labels().foreign(), labels));
        }

        private static int[] numbers(List<String> names, PointLabels labels) {
            return names.stream().mapToInt(labels::number).toArray();
        }

        /** Whether a point with these labels is about an engine of another target. */
        boolean isForeign(PointLabels labels) {
            return labels.first(foreignLabels) != null;
        }

        /** What a point with these labels counts, empty where the signal has no dimension; null where the point has not this meaning. */
        @Nullable
        String dimension(PointLabels labels) {
            if (isForeign(labels) || labels.first(withoutLabels) != null) {
                return null;
            }
            for (int i = 0; i < whereLabels.length; i++) {
                if (!whereValues[i].equals(labels.value(whereLabels[i]))) {
                    return null;
                }
            }
            return dimensionLabels.length == 0 ? dimension : labels.first(dimensionLabels);
        }
    }

    static KnownMetric ofEngines(List<Meaning> meanings, PointLabels labels) {
        return new KnownMetric(
                Use.ENGINES,
                meanings.stream().map(m -> Interpretation.of(m, labels)).toList());
    }

    static KnownMetric of(Use use) {
        return new KnownMetric(use, List.of());
    }
}
