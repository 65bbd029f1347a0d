package io.vedette.model.otlp;

import io.vedette.model.catalogue.CardLabels;
import io.vedette.model.catalogue.CardMeaning;
import io.vedette.model.signal.Signal;
import java.util.List;

/** A {@link CardMeaning} with labels by their numbers. */
record CardInterpretation(
        Signal signal,
        int source,
        CardMeaning.Form form,
        String dimension,
        int[] dimensionLabels,
        double factor,
        Whose whose) {

    /** Which labels say which card a point is of. */
    record Whose(int[] uuid, int[] gpu, int[] mig, int[] parent, int[] product, int[] node, int[] pod) {
        static Whose of(CardLabels of, PointLabels labels) {
            return new Whose(
                    numbers(of.uuid(), labels),
                    numbers(of.gpu(), labels),
                    numbers(of.mig(), labels),
                    numbers(of.parent(), labels),
                    numbers(of.product(), labels),
                    numbers(of.node(), labels),
                    numbers(of.pod(), labels));
        }
    }

    static CardInterpretation of(CardMeaning meaning, PointLabels labels) {
        return new CardInterpretation(
                meaning.signal(),
                meaning.source(),
                meaning.form(),
                meaning.dimension(),
                numbers(meaning.dimensionLabels(), labels),
                meaning.factor(),
                Whose.of(meaning.labels(), labels));
    }

    private static int[] numbers(List<String> names, PointLabels labels) {
        return names.stream().mapToInt(labels::number).toArray();
    }

    /** What a point with these labels counts; empty where it says only that this is looked for, and where there is nothing to say. */
    String dimension(PointLabels labels) {
        String told = labels.first(dimensionLabels);
        return told == null ? dimension : told;
    }
}
