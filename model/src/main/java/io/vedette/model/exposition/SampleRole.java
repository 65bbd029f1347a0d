package io.vedette.model.exposition;

import org.jspecify.annotations.Nullable;

/**
 * What the samples of one name are, in the light of all {@code TYPE} lines of the body.
 *
 * @param family the family's name for a part of a histogram; the name without suffix for {@link Part#CREATED}; otherwise
 *     the sample's own name
 * @param declared the name on the {@code TYPE} line that decided; null if none did
 */
record SampleRole(
        Part part, String family, MetricType type, @Nullable String declared) {

    enum Part {
        NUMBER,
        BUCKET,
        SUM,
        COUNT,
        /** The start time of another series. */
        CREATED,
        /** What a histogram doesn't have. */
        UNEXPECTED
    }

    /** A {@code TYPE} line of the very name comes first, then one of the name without a suffix. */
    static SampleRole of(String name, Metadata metadata) {
        Metadata.TypeLine own = metadata.typeLine(name);
        if (own != null && own.type().isHistogram()) {
            return new SampleRole(Part.UNEXPECTED, name, own.type(), name);
        }
        int underscore = name.lastIndexOf('_');
        String suffix = underscore > 0 ? name.substring(underscore) : "";
        String base = underscore > 0 ? name.substring(0, underscore) : name;
        boolean mayBeCreated = own == null || own.type() == MetricType.GAUGE || own.type() == MetricType.UNKNOWN;
        if (suffix.equals("_created") && mayBeCreated && counts(base, metadata)) {
            return new SampleRole(Part.CREATED, base, MetricType.UNKNOWN, null);
        }
        if (own != null) {
            return new SampleRole(Part.NUMBER, name, own.type(), name);
        }
        SampleRole role = ofSuffix(name, suffix, base, metadata.type(base));
        return role != null ? role : new SampleRole(Part.NUMBER, name, MetricType.UNKNOWN, null);
    }

    private static @Nullable SampleRole ofSuffix(String name, String suffix, String base, MetricType type) {
        return switch (type) {
            case COUNTER -> suffix.equals("_total") ? new SampleRole(Part.NUMBER, name, type, base) : null;
            case INFO -> suffix.equals("_info") ? new SampleRole(Part.NUMBER, name, type, base) : null;
            case SUMMARY ->
                suffix.equals("_sum") || suffix.equals("_count")
                        ? new SampleRole(Part.NUMBER, name, MetricType.COUNTER, base)
                        : null;
            case HISTOGRAM, GAUGE_HISTOGRAM -> {
                Part part = histogramPart(suffix);
                yield part == null ? null : new SampleRole(part, base, type, base);
            }
            case GAUGE, STATE_SET, UNKNOWN -> null;
        };
    }

    private static @Nullable Part histogramPart(String suffix) {
        return switch (suffix) {
            case "_bucket" -> Part.BUCKET;
            case "_sum", "_gsum" -> Part.SUM;
            case "_count", "_gcount" -> Part.COUNT;
            default -> null;
        };
    }

    /** Whether {@code BASE_created} can be the start of something that counts. */
    private static boolean counts(String base, Metadata metadata) {
        return switch (metadata.type(base)) {
            case COUNTER, HISTOGRAM, GAUGE_HISTOGRAM, SUMMARY -> true;
            case GAUGE, INFO, STATE_SET, UNKNOWN -> metadata.type(base + "_total") == MetricType.COUNTER;
        };
    }
}
