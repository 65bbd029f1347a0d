package io.vedette.model.otlp;

import io.vedette.model.catalogue.CardMeaning;
import io.vedette.model.catalogue.Meaning;
import io.vedette.model.otlp.CardInterpretation.Whose;
import io.vedette.model.signal.Signal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A metric that the reader looks at: it says something about engines, about cards, or about the scrape.
 *
 * @param whose for what only names cards, which labels do
 */
record KnownMetric(
        Use use,
        List<Interpretation> interpretations,
        List<CardInterpretation> ofCards,
        @Nullable Whose whose) {

    /** What a metric is good for. */
    enum Use {
        /** Of engines, cards or both. */
        MEASURE,
        CARD_DESCRIPTION,
        CARD_OWNER,
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
            int valueLabel,
            double otherwise,
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
                    meaning.valueLabel().isEmpty() ? NO_LABEL : labels.number(meaning.valueLabel()),
                    meaning.otherwise(),
                    numbers(meaning.labels().engine(), labels),
                    numbers(meaning.labels().replica(), labels),
                    numbers(meaning.labels().modelName(), labels),
                    numbers(meaning.labels().foreign(), labels));
        }

        private static final int NO_LABEL = -1;

        /**
         * The value of a point with these labels, in the signal's unit.
         *
         * @param sample the point's own value
         * @return NaN where it makes no sense
         */
        double value(PointLabels labels, double sample) {
            if (valueLabel == NO_LABEL) {
                return sample * factor;
            }
            String text = labels.value(valueLabel);
            if (text == null) {
                return otherwise;
            }
            try {
                return Double.parseDouble(text) * factor;
            } catch (NumberFormatException e) {
                return Double.NaN;
            }
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

    static KnownMetric of(List<Meaning> ofEngines, List<CardMeaning> ofCards, PointLabels labels) {
        return new KnownMetric(
                Use.MEASURE,
                ofEngines.stream().map(m -> Interpretation.of(m, labels)).toList(),
                ofCards.stream().map(m -> CardInterpretation.of(m, labels)).toList(),
                null);
    }

    static KnownMetric of(Use use) {
        return new KnownMetric(use, List.of(), List.of(), null);
    }

    /** What only names cards. */
    static KnownMetric of(Use use, Whose whose) {
        return new KnownMetric(use, List.of(), List.of(), whose);
    }
}
