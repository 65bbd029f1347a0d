package io.vedette.model.otlp;

import static io.vedette.model.otlp.Otlp.TIME_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.sample.Card;
import io.vedette.model.sample.CardScrape;
import io.vedette.model.sample.CardSign;
import io.vedette.model.sample.CounterSample;
import io.vedette.model.sample.Target;
import io.vedette.model.sample.TargetScrape;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is read of cards, whoever shows them. */
class CardRulesTest {
    private static final double MIB = 1024 * 1024;
    private static final Target TARGET =
            new Target("gpus@gpu-7", "gpu-7", "agent", "", "both", List.of("0", "GPU-1"), Map.of("cluster", "bj1"));

    private final RecordReader reader = new RecordReader(Catalogue.shipped());

    private TargetScrape read(String body) throws UnreadableRecord {
        byte[] record = RecordWriter.scrape(TARGET, Bodies.parse(body), TIME_MILLIS, 0.01, 0);
        return reader.read(record).scrapes().get(0);
    }

    private static CardSign state(String reason, boolean holds) {
        return new CardSign(Signal.CLOCKS_EVENT, CardSign.Kind.STATE, reason, holds ? 1 : 0);
    }

    @Test
    void readsTheDcgmExporterInTheUnitsOfTheSignals() throws Exception {
        TargetScrape scrape = read("""
                # TYPE DCGM_FI_DEV_GPU_UTIL gauge
                DCGM_FI_DEV_GPU_UTIL{gpu="1",UUID="GPU-b",modelName="L4",Hostname="n",pod="vllm-0",namespace="x"} 87
                # TYPE DCGM_FI_DEV_FB_USED gauge
                DCGM_FI_DEV_FB_USED{gpu="1",UUID="GPU-b",modelName="L4",Hostname="n",pod="vllm-0"} 22535
                # TYPE DCGM_FI_DEV_FB_FREE gauge
                DCGM_FI_DEV_FB_FREE{gpu="1",UUID="GPU-b",modelName="L4",Hostname="n",pod="vllm-0"} 1500
                # TYPE DCGM_FI_DEV_FB_RESERVED gauge
                DCGM_FI_DEV_FB_RESERVED{gpu="1",UUID="GPU-b",modelName="L4",Hostname="n",pod="vllm-0"} 541
                # TYPE DCGM_FI_DEV_SM_CLOCK gauge
                DCGM_FI_DEV_SM_CLOCK{gpu="1",UUID="GPU-b",modelName="L4",Hostname="n",pod="vllm-0"} 2520
                # TYPE DCGM_FI_DEV_CLOCKS_EVENT_REASONS gauge
                DCGM_FI_DEV_CLOCKS_EVENT_REASONS{gpu="1",UUID="GPU-b",modelName="L4",Hostname="n",pod="vllm-0"} 36
                # TYPE DCGM_FI_DEV_XID_ERRORS gauge
                DCGM_FI_DEV_XID_ERRORS{gpu="1",UUID="GPU-b",modelName="L4",Hostname="n",err_code="31",err_msg="…"} 31
                # TYPE DCGM_FI_DEV_GPU_TEMP gauge
                DCGM_FI_DEV_GPU_TEMP{gpu="0",UUID="GPU-a",modelName="L4",Hostname="n"} 9223372036854775794
                """);
        assertThat(scrape.engines()).isEmpty();
        assertThat(scrape.target()).isEqualTo(TARGET);
        assertThat(scrape.droppedSamples()).isEqualTo(1);
        assertThat(scrape.cards())
                .containsExactly(new CardScrape(
                        new Card("GPU-b", "1", "", "L4", "n"),
                        List.of(),
                        List.of("vllm-0"),
                        List.of(),
                        List.of(
                                state("applications_clocks_setting", false),
                                state("display_clock_setting", false),
                                state("gpu_idle", false),
                                state("hw_power_brake", false),
                                state("hw_slowdown", false),
                                state("hw_thermal_slowdown", false),
                                state("sw_power_cap", true),
                                state("sw_thermal_slowdown", true),
                                state("sync_boost", false),
                                new CardSign(Signal.XID_EVENTS, CardSign.Kind.LAST, "", 31)),
                        Gauges.builder()
                                .set(Signal.UTILIZATION, 0.87)
                                .set(Signal.MEMORY_USED, 22_535 * MIB)
                                .set(Signal.MEMORY_FREE, 1_500 * MIB)
                                .set(Signal.MEMORY_RESERVED, 541 * MIB)
                                .set(Signal.MEMORY_TOTAL, 24_576 * MIB)
                                .set(Signal.SM_CLOCK, 2_520e6)
                                .build()));
    }

    @Test
    void readsTheAgentsOwnReadings() throws Exception {
        TargetScrape scrape = read("""
                # TYPE vedette_gpu_lost gauge
                vedette_gpu_lost{gpu="0",UUID="GPU-a"} 0
                vedette_gpu_lost{gpu="1",UUID="GPU-b"} 1
                # TYPE vedette_gpu_xid_events counter
                vedette_gpu_xid_events_total{gpu="0",UUID="GPU-a",xid="79"} 2
                # TYPE vedette_gpu_owner gauge
                vedette_gpu_owner{gpu="0",UUID="GPU-a",instance="127.0.0.1:8001"} 1
                vedette_gpu_owner{gpu="0",UUID="GPU-a",instance="127.0.0.1:8000"} 1
                vedette_gpu_owner{gpu="1",UUID="GPU-b",instance="127.0.0.1:8000"} 0
                """);
        assertThat(scrape.cards())
                .containsExactly(
                        new CardScrape(
                                new Card("GPU-a", "0", "", "", ""),
                                List.of("127.0.0.1:8000", "127.0.0.1:8001"),
                                List.of(),
                                List.of(new CounterSample(Signal.XID_EVENTS, "79", 2, 0, 0)),
                                List.of(),
                                Gauges.none().with(Signal.LOST, 0)),
                        new CardScrape(
                                new Card("GPU-b", "1", "", "", ""),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                Gauges.none().with(Signal.LOST, 1)));
    }

    @Test
    void readsNvidiaGpuExporterWhichSaysIndexAndProductOnceAndNoPrefixOfTheUuid() throws Exception {
        TargetScrape scrape = read("""
                # TYPE nvidia_smi_gpu_info gauge
                nvidia_smi_gpu_info{uuid="df6e7a7c-7314-46f8-abc4-b88b36dcf3aa",name="L40S",index="3"} 1
                # TYPE nvidia_smi_utilization_gpu_ratio gauge
                nvidia_smi_utilization_gpu_ratio{uuid="df6e7a7c-7314-46f8-abc4-b88b36dcf3aa"} 0.5
                # TYPE nvidia_smi_memory_used_bytes gauge
                nvidia_smi_memory_used_bytes{uuid="df6e7a7c-7314-46f8-abc4-b88b36dcf3aa"} 1048576
                # TYPE nvidia_smi_memory_total_bytes gauge
                nvidia_smi_memory_total_bytes{uuid="df6e7a7c-7314-46f8-abc4-b88b36dcf3aa"} 3145728
                # TYPE nvidia_smi_clocks_event_reasons_hw_slowdown gauge
                nvidia_smi_clocks_event_reasons_hw_slowdown{uuid="df6e7a7c-7314-46f8-abc4-b88b36dcf3aa"} 1
                """);
        assertThat(scrape.cards())
                .containsExactly(new CardScrape(
                        new Card("GPU-df6e7a7c-7314-46f8-abc4-b88b36dcf3aa", "3", "", "L40S", ""),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(state("hw_slowdown", true)),
                        Gauges.builder()
                                .set(Signal.UTILIZATION, 0.5)
                                .set(Signal.MEMORY_USED, MIB)
                                .set(Signal.MEMORY_TOTAL, 3 * MIB)
                                .set(Signal.MEMORY_FREE, 2 * MIB)
                                .build()));
    }

    @Test
    void readsTritonBesideItsEngineAndTheNamesOfAnArticle() throws Exception {
        TargetScrape triton = read("""
                # TYPE nv_gpu_utilization gauge
                nv_gpu_utilization{gpu_uuid="GPU-a"} 0.25
                # TYPE vllm:num_requests_running gauge
                vllm:num_requests_running{model="m",version="1"} 3
                """);
        assertThat(triton.engines()).hasSize(1);
        assertThat(triton.cards()).extracting(card -> card.card().uuid()).containsExactly("GPU-a");
        TargetScrape article = read("""
                # TYPE nv_gpu_utilization_ratio gauge
                nv_gpu_utilization_ratio{device="cuda:2"} 0.75
                # TYPE nv_gpu_memory_used_bytes gauge
                nv_gpu_memory_used_bytes{device="2"} 1048576
                """);
        assertThat(article.cards())
                .containsExactly(new CardScrape(
                        new Card("", "2", "", "", ""),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Gauges.builder()
                                .set(Signal.UTILIZATION, 0.75)
                                .set(Signal.MEMORY_USED, MIB)
                                .build()));
    }

    @Test
    void tellsInstancesOfADividedCardApart() throws Exception {
        assertThat(read("""
                # TYPE DCGM_FI_PROF_GR_ENGINE_ACTIVE gauge
                DCGM_FI_PROF_GR_ENGINE_ACTIVE{gpu="0",UUID="GPU-a",GPU_I_ID="1",GPU_I_PROFILE="1g.10gb"} 0.1
                DCGM_FI_PROF_GR_ENGINE_ACTIVE{gpu="0",UUID="GPU-a",GPU_I_ID="2",GPU_I_PROFILE="1g.10gb"} 0.2
                DCGM_FI_PROF_GR_ENGINE_ACTIVE{gpu="1",UUID="MIG-c",parent_uuid="GPU-b",GPU_I_ID="1"} 0.3
                """).cards())
                .extracting(CardScrape::card)
                .containsExactly(
                        new Card("GPU-a/1", "0", "", "", ""),
                        new Card("GPU-a/2", "0", "", "", ""),
                        new Card("MIG-c", "1", "GPU-b", "", ""))
                .allMatch(Card::isInstance);
    }

    @Test
    void readsWhatAnEngineReservesOutOfALabel() throws Exception {
        assertThat(Stream.of("gpu_memory_utilization=\"0.85\",", "", "gpu_memory_utilization=\"None\",")
                        .map(label -> "# TYPE vllm:cache_config_info gauge\nvllm:cache_config_info{" + label
                                + "engine=\"0\",num_gpu_blocks=\"43\"} 1\n")
                        .map(body -> {
                            try {
                                return read(body).engines().get(0).gauges().get(Signal.MEMORY_RESERVATION);
                            } catch (UnreadableRecord e) {
                                throw new IllegalStateException(e);
                            }
                        }))
                .containsExactly(0.85, 0.92, Double.NaN);
    }

    @Test
    void whatNamesNoCardIsDropped() throws Exception {
        TargetScrape scrape = read("""
                # TYPE DCGM_FI_DEV_GPU_UTIL gauge
                DCGM_FI_DEV_GPU_UTIL{Hostname="n"} 87
                """);
        assertThat(scrape.cards()).isEmpty();
        assertThat(scrape.droppedSamples()).isEqualTo(1);
    }
}
