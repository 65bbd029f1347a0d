package io.vedette.jobs.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.model.entity.EntityKind;
import io.vedette.model.series.Series;
import io.vedette.model.series.SeriesCatalogue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EvidencesTest {
    private static Stream<Reading> readings() {
        return Stream.concat(Vocabulary.WORDS.variables().stream(), Vocabulary.WORDS.functions().stream())
                .map(word -> word.factory()
                        .reading(new Vocabulary.Arguments(
                                new NumberExpr.Constant(0.5),
                                word.takes() == Takes.DIMENSION ? "error" : null,
                                60_000)));
    }

    @ParameterizedTest
    @EnumSource(EntityKind.class)
    void everySeriesNamedAsEvidenceIsOneThatVedetteShows(EntityKind kind) {
        Set<String> shown = SeriesCatalogue.all().stream()
                .filter(series -> series.kind() == kind)
                .map(Series::name)
                .collect(Collectors.toSet());
        List<String> named = readings()
                .flatMap(reading -> SeriesName.of(reading, kind).stream())
                .map(series -> series.contains("{") ? series.substring(0, series.indexOf('{')) : series)
                .toList();

        boolean engine = kind == EntityKind.REPLICA || kind == EntityKind.MODEL;
        assertThat(named).hasSizeGreaterThan(engine ? 30 : 1).allSatisfy(name -> assertThat(shown)
                .contains(name));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            requests_waiting               | vedette_replica_requests_waiting
            kv_cache_usage                 | vedette_replica_kv_cache_usage_ratio
            kv_cache_usage.max             | vedette_replica_kv_cache_usage_max_ratio{window="1m"}
            prompt_tokens.per_second       | vedette_replica_prompt_tokens_per_second{window="1m"}
            request_queue_time.mean        | vedette_replica_request_queue_time_mean_seconds{window="1m"}
            request_queue_time.observations | vedette_replica_request_queue_time_observations{window="1m"}
            request_failure_ratio          | vedette_replica_request_failure_ratio{window="1m"}
            """)
    void seriesAreNamedAsInPromQl(String word, String series) {
        Reading reading =
                Vocabulary.WORDS.variable(word).orElseThrow().factory().reading(Vocabulary.Arguments.none(60_000));

        assertThat(SeriesName.of(reading, EntityKind.REPLICA)).isEqualTo(Optional.of(series));
    }

    @Test
    void cardsHaveSeriesOfTheirOwn() {
        Vocabulary.Arguments heat = new Vocabulary.Arguments(new NumberExpr.Constant(0), "hw_slowdown", 60_000);
        Reading slow = Vocabulary.WORDS
                .function("clocks_event.ratio")
                .orElseThrow()
                .factory()
                .reading(heat);
        Reading apart = Vocabulary.WORDS
                .variable("gpu_memory_imbalance")
                .orElseThrow()
                .factory()
                .reading(Vocabulary.Arguments.none(60_000));

        assertThat(SeriesName.of(slow, EntityKind.GPU))
                .contains("vedette_gpu_clocks_event_ratio{window=\"1m\",reason=\"hw_slowdown\"}");
        assertThat(SeriesName.of(apart, EntityKind.REPLICA_GPUS))
                .contains("vedette_replica_gpu_memory_imbalance_bytes{window=\"1m\"}");
        assertThat(SeriesName.of(apart, EntityKind.NODE))
                .contains("vedette_node_gpu_memory_imbalance_bytes{window=\"1m\"}");
    }
}
