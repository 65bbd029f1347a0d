package io.vedette.model.exposition;

/**
 * What one body may hold. Whatever goes over a limit is left out, reported and counted; the rest is kept.
 *
 * @param maxBodyBytes lines that end beyond this many bytes are not read
 * @param maxSamples sample lines kept, counting each bucket, sum and count
 * @param maxLabels labels of one sample
 * @param maxNameBytes bytes of a metric's or label's name, as written
 * @param maxValueBytes bytes of a label's value, as written
 */
public record ExpositionLimits(int maxBodyBytes, int maxSamples, int maxLabels, int maxNameBytes, int maxValueBytes) {

    /**
     * 32 MiB and 200,000 samples: a vLLM body has 50 KB and 600. A value may have 16 KiB, for engines that put their
     * configuration into labels.
     */
    public static final ExpositionLimits DEFAULT = new ExpositionLimits(32 << 20, 200_000, 64, 1024, 16 << 10);

    public ExpositionLimits {
        requirePositive("maxBodyBytes", maxBodyBytes);
        requirePositive("maxSamples", maxSamples);
        requirePositive("maxLabels", maxLabels);
        requirePositive("maxNameBytes", maxNameBytes);
        requirePositive("maxValueBytes", maxValueBytes);
    }

    private static void requirePositive(String name, int value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(name + " must be > 0: " + value);
        }
    }
}
