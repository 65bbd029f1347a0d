package io.vedette.jobs.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.jobs.rules.FrameBuilder;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertJson;
import io.vedette.model.entity.Entity;
import io.vedette.model.entity.EntityKind;
import io.vedette.model.frame.Gpu;
import io.vedette.model.frame.OwnerState;
import io.vedette.model.series.SeriesSettings;
import io.vedette.model.signal.Signal;
import io.vedette.model.yaml.YamlValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rules on cards, on a replica's cards and on nodes. */
class CardAlertsTest {
    private static final double MIB = 1024 * 1024;
    private static final Entity CARD =
            Entity.gpu("gpu-7", "1", "GPU-b", Map.of("cluster", "bj1")).ownedBy(FrameBuilder.REPLICA);

    private static final String MEMORY = """
            rules:
              - id: memory
                scope: [gpu]
                states: [serving, idle]
                when: >-
                  known(memory_reservation)
                  ? memory_used > (memory_reservation + 0.03) * memory_total + memory_overhead
                  : memory_used > 0.92 * memory_total
                for: 2m
                severity: critical
                value: memory_used
                threshold: "known(memory_reservation) ? (memory_reservation + 0.03) * memory_total : 0.92 * memory_total"
                summary: "{entity}: {value} of {memory_total} in use"
                action: "look"
            """;

    private static final String APART = """
            rules:
              - id: apart
                scope: [replica, node]
                when: gpu_memory_imbalance > 8589934592
                severity: warning
                value: gpu_memory_imbalance
                summary: "{entity}: {value} apart[; {odd_gpu_memory}]"
                action: "look"
            """;

    private static RuleSet rules(String text) {
        return RuleSet.load(
                List.of(YamlValue.parse("mine.yaml", text).orElseThrow()), SeriesSettings.DEFAULT_WINDOWS, Map.of());
    }

    private static FrameBuilder card(double usedMib) {
        return new FrameBuilder(CARD)
                .gauge(Signal.MEMORY_TOTAL, 24_576 * MIB)
                .gauge(Signal.MEMORY_USED, usedMib * MIB)
                .gpus(OwnerState.SERVING, gpu("1", usedMib));
    }

    private static FrameBuilder reserved(double usedMib) {
        return card(usedMib).gauge(Signal.MEMORY_RESERVATION, 0.92).gauge(Signal.MEMORY_OVERHEAD, 0);
    }

    private static Gpu gpu(String index, double usedMib) {
        double[] used = {usedMib * MIB, usedMib * MIB, usedMib * MIB};
        return new Gpu(index, "GPU-" + index, "L4", used, new double[] {0.8, 0.8, 0.8});
    }

    @Test
    void aFullCardThatItsReplicaReservedIsHealthyAndALeakIsNot() {
        assertThat(new Watch(rules(MEMORY), reserved(22_535)).passes(600).told())
                .isEmpty();
        Watch leak = new Watch(rules(MEMORY), reserved(22_535))
                .passes(60)
                .given(frames -> reserved(23_500))
                .passes(180);

        assertThat(leak.told()).containsExactly("180 s: memory critical fires");
        AlertEvent event = leak.events().get(0);
        assertThat(event.entity()).isEqualTo(CARD);
        assertThat(event.summary()).isEqualTo("gpu 1 of gpu-7 (gpu-7:8000, glm): 23,500 MiB of 24,576 MiB in use");
        assertThat(event.unit()).isEqualTo("B");
        assertThat(event.evidence())
                .extracting(AlertEvent.Evidence::series)
                .contains("vedette_gpu_memory_used_bytes", "vedette_gpu_memory_total_bytes");
        assertThat(AlertJson.readEvent(AlertJson.write(event))).isEqualTo(event);
        assertThat(new String(AlertJson.write(event), java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"kind\":\"gpu\"", "\"gpu\":\"1\"", "\"uuid\":\"GPU-b\"", "\"instance\":\"gpu-7:8000\"");
    }

    @Test
    void withoutAReservationTheShareOfTheCardCounts() {
        assertThat(new Watch(rules(MEMORY), card(22_000)).passes(300).told()).isEmpty();
        assertThat(new Watch(rules(MEMORY), card(22_800)).passes(300).told())
                .containsExactly("120 s: memory critical fires");
    }

    @Test
    void aCardIsJudgedAsItsReplicaIs() {
        FrameBuilder starting = card(24_000).gpus(OwnerState.STARTING, gpu("1", 24_000));
        assertThat(new Watch(rules(MEMORY), starting).passes(600).told()).isEmpty();
        FrameBuilder alone = card(24_000).gpus(OwnerState.NONE, gpu("1", 24_000));
        assertThat(new Watch(rules(MEMORY), alone).passes(300).told()).hasSize(1);
    }

    @Test
    void whatCardsHaveTogetherIsToldOfTheirReplicaAndNamesTheOddOne() {
        FrameBuilder cards = new FrameBuilder(FrameBuilder.REPLICA.cards())
                .gauge(Signal.GPU_MEMORY_IMBALANCE, 10_000 * MIB)
                .members(3, 3)
                .gpus(OwnerState.SERVING, gpu("0", 22_000), gpu("1", 12_000), gpu("2", 22_000));
        Watch watch = new Watch(rules(APART), cards).passes(30);

        AlertEvent event = watch.events().get(0);
        assertThat(event.entity()).isEqualTo(FrameBuilder.REPLICA);
        assertThat(event.fingerprint()).isEqualTo(AlertEvent.fingerprint("apart", FrameBuilder.REPLICA.key()));
        assertThat(event.summary())
                .isEqualTo("gpu-7:8000 (glm): 10,000 MiB apart; gpu 1 with 12,000 MiB, the others with 22,000 MiB");
        assertThat(event.evidence().get(0).series())
                .isEqualTo("vedette_replica_gpu_memory_imbalance_bytes{window=\"1m\"}");
    }

    @Test
    void aNodeHasItsOwnAlert() {
        FrameBuilder cards = new FrameBuilder(Entity.node("gpu-7", Map.of()))
                .gauge(Signal.GPU_MEMORY_IMBALANCE, 10_000 * MIB)
                .members(2, 2)
                .gpus(OwnerState.NONE, gpu("0", 22_000), gpu("1", 12_000));
        AlertEvent event = new Watch(rules(APART), cards).passes(30).events().get(0);

        assertThat(event.entity().kind()).isEqualTo(EntityKind.NODE);
        assertThat(event.summary()).startsWith("node gpu-7: 10,000 MiB apart; ");
    }

    @Test
    void aRuleIsRefusedWhoseEntitiesNeverHaveWhatItReads() {
        assertThatThrownBy(() -> rules(MEMORY.replace("[gpu]", "[replica]")))
                .hasMessageContaining("a replica has no memory_used; cards have: gpu");
        assertThatThrownBy(() -> rules(APART.replace("[replica, node]", "[gpu]")))
                .hasMessageContaining("a gpu has no gpu_memory_imbalance; nodes and replicas have: node, replica");
        assertThatThrownBy(() -> rules(APART.replace("[replica, node]", "[replica]")
                        .replace("when: ", "when: requests_waiting > 1 && ")))
                .hasMessageContaining("write a rule for each");
    }
}
