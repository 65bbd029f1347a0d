package io.vedette.jobs.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.model.catalogue.EngineFlavour;
import io.vedette.model.catalogue.EngineFlavour.Kind;
import io.vedette.model.exposition.ExpositionParser;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a target is, told by the names in its metrics. */
class EngineFlavourTest {
    private static EngineFlavour of(String body) {
        return EngineFlavour.of(new ExpositionParser().parse(body.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "vllm-0.6.3, vLLM (V0 engine)",
        "vllm-0.6.6, vLLM (V0 engine)",
        "vllm-0.8.5-v0, vLLM (V0 engine)",
        "vllm-0.8.0, vLLM 0.8 or newer",
        "vllm-0.8.5, vLLM 0.8 or newer",
        "vllm-0.9.2, vLLM 0.9.2 or newer",
        "vllm-0.10.2, vLLM 0.10.2 or newer",
        "vllm-0.11.0, vLLM 0.11 or newer",
        "vllm-0.11.2, vLLM 0.11.1 or newer",
        "vllm-0.12.0, vLLM 0.11.1 or newer",
        "vllm-0.14.0-hidden, vLLM 0.13 or newer",
        "vllm-0.16.0, vLLM 0.16 or newer",
        "vllm-0.28-recorded, vLLM 0.20 or newer",
        "vllm-0.30-recorded, vLLM 0.30 or newer",
        "vllm-0.32-recorded, vLLM 0.32 or newer",
        "vllm-0.33.0-api-servers, vLLM 0.32 or newer",
        "vllm-0.33.0-rust, vLLM 0.30 or newer (Rust front end)",
        "ray-vllm-0.10.2, vLLM (under Ray)",
        "ray-vllm-0.33.0, vLLM (under Ray)",
        "triton-vllm, vLLM (Triton's backend)",
        "llm-d-inference-sim, vLLM (llm-d's simulator)"
    })
    void isKnownByTheNamesThatCameWithIt(String body, String words) {
        assertThat(of(EngineBody.of(body).text()).describe(Optional.empty())).isEqualTo(words);
    }

    @Test
    void itsOwnWordForTheVersionIsBetter() {
        assertThat(of(EngineBody.of("vllm-0.33.0-rust").text()).describe(Optional.of("0.33.0")))
                .isEqualTo("vLLM 0.33.0 (Rust front end)");
    }

    @Test
    void aRouterIsNoEngine() {
        assertThat(of(EngineBody.of("production-stack-router").text()).kind()).isEqualTo(Kind.ROUTER);
    }

    @Test
    void whatHasNoMetricOfVllmsIsNone() {
        assertThat(of("node_load1 0.5\n").kind()).isEqualTo(Kind.OTHER);
        assertThat(of("").kind()).isEqualTo(Kind.OTHER);
    }
}
