package io.vedette.jobs.rules;

import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Gpu;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Names the one of several cards that is furthest from what most of them do, by its mean over the frame's shortest window. */
final class OddGpu {
    private OddGpu() {}

    /** {@code "gpu 2 with 3,120 MiB, the others with 22,535 MiB"}; empty where fewer than two cards are known. */
    static String byMemory(Frame frame) {
        return odd(frame.gpus().cards(), gpu -> first(gpu.memoryUsed()), Measure.BYTES);
    }

    static String byUtilization(Frame frame) {
        return odd(frame.gpus().cards(), gpu -> first(gpu.utilization()), Measure.RATIO);
    }

    private static double first(double[] byWindow) {
        return byWindow.length == 0 ? Double.NaN : byWindow[0];
    }

    private static String odd(List<Gpu> cards, ToDoubleFunction<Gpu> mean, Measure measure) {
        List<Gpu> known = cards.stream()
                .filter(gpu -> !Double.isNaN(mean.applyAsDouble(gpu)))
                .toList();
        if (known.size() < 2) {
            return "";
        }
        double middle = median(known.stream().mapToDouble(mean).toArray());
        Gpu odd = known.stream()
                .max(Comparator.comparingDouble(gpu -> Math.abs(mean.applyAsDouble(gpu) - middle)))
                .orElseThrow();
        double others = median(
                known.stream().filter(gpu -> !gpu.equals(odd)).mapToDouble(mean).toArray());
        return "gpu " + (odd.gpu().isEmpty() ? odd.uuid() : odd.gpu()) + " with "
                + Numerals.withUnit(mean.applyAsDouble(odd), measure)
                + (known.size() == 2 ? ", the other with " : ", the others with ")
                + Numerals.withUnit(others, measure);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
