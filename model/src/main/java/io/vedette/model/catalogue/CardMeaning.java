package io.vedette.model.catalogue;

import io.vedette.model.signal.Signal;
import java.io.Serializable;
import java.util.List;

/**
 * What a metric about cards means.
 *
 * @param metric its name on the wire
 * @param source the number of the alternative that it belongs to, among all of its signal: the smallest one that a card shows is read
 * @param form how the value is to be understood
 * @param dimension what it counts (reason, XID); empty where the signal has no dimension or a label says it
 * @param dimensionLabels labels that say it, by preference; a series without any of them says only that it is looked for
 * @param factor what a value is multiplied with to be in the signal's unit; positive and finite
 * @param labels which card it is of
 */
public record CardMeaning(
        String metric,
        Signal signal,
        int source,
        Form form,
        String dimension,
        List<String> dimensionLabels,
        double factor,
        CardLabels labels)
        implements Serializable {

    /** How a value is to be understood. */
    public enum Form {
        /** A gauge's value, or a counter that only grows. */
        VALUE(""),
        /** 1 while something is so, else 0. */
        STATE("state"),
        /** A mask of NVML's clocks-event reasons. */
        MASK("mask"),
        /** The newest event's number, which stays; 0 where there was none. */
        LAST("last"),
        /** How many events a moving window has: what it rises by has happened. */
        RISE("rise");

        private final String word;

        Form(String word) {
            this.word = word;
        }

        /** The word in the catalogue; empty for the usual form. */
        public String word() {
            return word;
        }
    }

    public CardMeaning {
        if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("factor must be positive and finite: " + factor);
        }
        dimensionLabels = List.copyOf(dimensionLabels);
    }

    /** The same as another alternative. */
    CardMeaning as(int otherSource) {
        return new CardMeaning(metric, signal, otherSource, form, dimension, dimensionLabels, factor, labels);
    }
}
