package io.vedette.jobs.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.model.series.SeriesSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuiltInRulesTest {
    @Test
    void loadInTheFilesOrder() {
        RuleSet rules = RuleSet.load(List.of(RuleSet.builtIn()), SeriesSettings.DEFAULT_WINDOWS, Map.of());

        assertThat(rules.rules())
                .extracting(Rule::id)
                .containsExactly(
                        "queue-slow",
                        "queue-blocked",
                        "queue-deep",
                        "latency-p95-high",
                        "latency-p99-high",
                        "ttft-high",
                        "itl-high",
                        "overlong-context",
                        "kv-pressure",
                        "preemption-thrash",
                        "decode-starved",
                        "request-failures",
                        "bad-requests",
                        "qps-drop",
                        "below-baseline",
                        "engine-stalled",
                        "target-down",
                        "start-failed",
                        "engine-restarts",
                        "model-down",
                        "frontend-slow",
                        "gpu-memory-high",
                        "gpu-memory-absolute",
                        "gpu-memory-imbalance",
                        "gpu-utilization-imbalance",
                        "thermal-throttle",
                        "hw-slowdown",
                        "gpu-hot",
                        "gpu-xid",
                        "gpu-lost",
                        "coverage");
    }
}
