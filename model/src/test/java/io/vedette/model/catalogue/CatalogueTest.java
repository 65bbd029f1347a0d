package io.vedette.model.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.vedette.model.signal.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
    private static final LabelAliases VLLM =
            new LabelAliases(List.of("engine"), List.of(), List.of("model_name", "model"), List.of("server"));

    private final Catalogue shipped = Catalogue.shipped();

    @Test
    void saysWhatAMetricMeans() {
        assertThat(shipped.meanings("vllm:request_success_total"))
                .containsExactly(new Meaning(
                        "vllm:request_success_total",
                        Signal.FINISHED_REQUESTS,
                        0,
                        "",
                        List.of("finished_reason", "finish_reason"),
                        List.of(),
                        Map.of(),
                        List.of(),
                        1,
                        "",
                        Double.NaN,
                        VLLM));
        assertThat(shipped.meanings("vllm:engine_sleep_state"))
                .containsExactly(new Meaning(
                        "vllm:engine_sleep_state",
                        Signal.AWAKE,
                        0,
                        "",
                        List.of(),
                        List.of(),
                        Map.of("sleep_state", "awake"),
                        List.of(),
                        1,
                        "",
                        Double.NaN,
                        VLLM));
        assertThat(shipped.meanings("vllm:lora_requests_info")).isEmpty();
    }

    @Test
    void prefersTheWireNameThenTheBareOneThenOlderNames() {
        assertThat(List.of(
                        "vllm:prefix_cache_hits_total",
                        "vllm:prefix_cache_hits",
                        "vllm:gpu_prefix_cache_hits_total",
                        "vllm:gpu_prefix_cache_hits"))
                .extracting(name -> shipped.meanings(name).get(0).source())
                .containsExactly(0, 1, 2, 3);
    }

    @Test
    void readsMetricsOfOneAlternativeTogether() {
        assertThat(List.of("vllm:counter_request_success_total", "vllm:counter_request_failure_total"))
                .extracting(name -> shipped.meanings(name).get(0))
                .extracting(Meaning::source, Meaning::dimension)
                .containsExactly(tuple(2, "stop"), tuple(2, "error"));
    }

    @Test
    void knowsRaysNamesInBothSpellingsAfterVllmsOwn() {
        assertThat(List.of(
                        "vllm:prompt_tokens_total",
                        "vllm:prompt_tokens",
                        "ray_vllm:prompt_tokens_total",
                        "ray_vllm:prompt_tokens",
                        "ray_vllm_prompt_tokens_total",
                        "ray_vllm_prompt_tokens"))
                .extracting(name -> shipped.meanings(name).get(0).source())
                .containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(shipped.meanings("ray_vllm:kv_cache_usage_perc"))
                .extracting(meaning -> meaning.labels().replica())
                .containsExactly(List.of("ReplicaId", "WorkerId"));
    }

    @Test
    void prefersTheOldNameOfTheKvUsageToOneThatEachProcessShowsForItself() {
        assertThat(shipped.meanings("vllm:kv_cache_usage_perc"))
                .extracting(Meaning::source, Meaning::without)
                .containsExactly(tuple(0, List.of("pid")), tuple(2, List.of()));
        assertThat(shipped.meanings("vllm:gpu_cache_usage_perc"))
                .extracting(Meaning::source)
                .containsExactly(1);
    }

    @Test
    void coversEverySignalOfAnEngine() {
        Set<Signal> covered = shipped.meanings().values().stream()
                .flatMap(List::stream)
                .map(Meaning::signal)
                .collect(Collectors.toSet());
        assertThat(covered)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Signal.values())
                        .filter(s -> s.subject() == Signal.Subject.ENGINE || s.subject() == Signal.Subject.BOTH)
                        .filter(s -> s != Signal.PROGRESS_AGE && s != Signal.SCRAPE_DURATION)
                        .toList());
    }

    @Test
    void coversEverySignalOfACard() {
        Set<Signal> covered = shipped.cardMeanings().values().stream()
                .flatMap(List::stream)
                .map(CardMeaning::signal)
                .collect(Collectors.toSet());
        assertThat(covered)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Signal.values())
                        .filter(s -> s.subject() == Signal.Subject.CARD && s != Signal.MEMORY_OVERHEAD)
                        .toList());
    }

    @Test
    void aUsersEngineStandsBesideTheShippedOnes(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("mine.yaml");
        Files.writeString(file, """
                engine: mine
                labels: {model_name: [model]}
                signals:
                  e2e_request_latency:
                    - {metric: mine_latency_ms, factor: 0.001}
                  requests_running: [mine_running]
                """);
        Catalogue catalogue = Catalogue.load(List.of(file));
        assertThat(catalogue.meanings("mine_latency_ms"))
                .containsExactly(new Meaning(
                        "mine_latency_ms",
                        Signal.E2E_REQUEST_LATENCY,
                        4,
                        "",
                        List.of(),
                        List.of(),
                        Map.of(),
                        List.of(),
                        0.001,
                        "",
                        Double.NaN,
                        new LabelAliases(List.of(), List.of(), List.of("model"), List.of())));
        assertThat(catalogue.meanings("vllm:num_requests_running"))
                .isEqualTo(shipped.meanings("vllm:num_requests_running"));
    }
}
