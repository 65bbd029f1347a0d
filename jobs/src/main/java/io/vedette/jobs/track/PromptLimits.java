package io.vedette.jobs.track;

import io.vedette.jobs.panes.SeriesKey;
import io.vedette.jobs.panes.SeriesLayout;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.signal.Signal;
import java.util.Map;

/**
 * Above how many tokens a prompt is overlong: as configured; else 4,000 where the model's context is below 16k, or, where the context is not known,
 * where the last bound of the prompt histogram is at most 10,000 (vLLM makes those bounds from the context); else there is no limit.
 */
public final class PromptLimits {
    static final double DEFAULT_LIMIT = 4_000;
    private static final long SHORT_CONTEXT = 16_384;
    private static final double SHORT_LAST_BOUND = 10_000;

    private final Map<String, Double> byModel;

    /** Limits in tokens by model name. */
    public PromptLimits(Map<String, Double> byModel) {
        this.byModel = Map.copyOf(byModel);
    }

    /** The limit in tokens; NaN where there is none. */
    double of(String modelName, long contextLength, SeriesLayout layout) {
        Double configured = byModel.get(modelName);
        if (configured != null) {
            return configured;
        }
        if (contextLength > 0) {
            return contextLength < SHORT_CONTEXT ? DEFAULT_LIMIT : Double.NaN;
        }
        for (int i = layout.size() - 1; i >= 0; i--) {
            SeriesKey key = layout.key(i);
            Bounds bounds = key.bounds();
            if (key.signal() == Signal.REQUEST_PROMPT_TOKENS && bounds != null && bounds.size() > 0) {
                return bounds.upper(bounds.size() - 1) <= SHORT_LAST_BOUND ? DEFAULT_LIMIT : Double.NaN;
            }
        }
        return Double.NaN;
    }
}
