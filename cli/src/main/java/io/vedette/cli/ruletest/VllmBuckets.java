package io.vedette.cli.ruletest;

import io.vedette.model.signal.Signal;
import io.vedette.model.signal.Unit;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/** The upper bounds of vLLM's buckets (vllm/v1/metrics/loggers.py), without +Inf. */
final class VllmBuckets {
    private static final double[] REQUESTS = {
        0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960, 1920, 7680
    };
    private static final double[] FIRST_TOKEN = {
        0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160, 640, 2560
    };
    private static final double[] TOKEN = {
        0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80
    };
    private static final double[] STEPS = {1, 2, 5};

    private VllmBuckets() {}

    /** @param contextLength longest context of the model, from which the buckets of token counts are made */
    static double[] of(Signal histogram, long contextLength) {
        if (histogram.unit() == Unit.TOKENS) {
            return upTo(contextLength);
        }
        return switch (histogram) {
            case TIME_TO_FIRST_TOKEN -> FIRST_TOKEN;
            case INTER_TOKEN_LATENCY, TIME_PER_OUTPUT_TOKEN -> TOKEN;
            default -> REQUESTS;
        };
    }

    /** 1, 2, 5, 10, 20, 50, … */
    private static double[] upTo(long most) {
        return DoubleStream.iterate(1, decade -> decade <= most, decade -> decade * 10)
                .flatMap(decade -> Arrays.stream(STEPS).map(step -> step * decade))
                .filter(bound -> bound <= most)
                .toArray();
    }
}
