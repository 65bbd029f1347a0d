package io.vedette.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.alerts.Events;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupingTest {
    private static final AlertEvent A = Events.firing("a:1", 0);
    private static final AlertEvent B = Events.firing("b:1", 0);
    private static final AlertEvent LATENCY = Events.firing("a:1", "latency", Severity.WARNING, 0);

    @Test
    void whatIsOfOneFamilyAndStateGoesTogether() {
        assertThat(groups(A, LATENCY, B)).containsExactly(List.of(A, B), List.of(LATENCY));
    }

    @Test
    void anotherStateBeginsAnotherGroup() {
        AlertEvent over = Events.resolved(A, 60);

        assertThat(groups(A, over, B)).containsExactly(List.of(A), List.of(over), List.of(B));
    }

    @Test
    void aFingerprintStandsOnceInAGroup() {
        AlertEvent worse = Events.worse("a:1", 0, 60);

        assertThat(groups(A, B, worse)).containsExactly(List.of(A, B), List.of(worse));
    }

    @Test
    void groupsHaveNoMoreAlertsThanTheReceiverTakes() {
        AlertEvent[] many = IntStream.range(0, 120)
                .mapToObj(i -> Events.firing("h" + i + ":1", 0))
                .toArray(AlertEvent[]::new);

        List<List<AlertEvent>> groups = groups(many);

        assertThat(groups).extracting(List::size).containsExactly(50, 50, 20);
        List<AlertEvent> all = new ArrayList<>();
        groups.forEach(all::addAll);
        assertThat(all).containsExactly(many);
    }

    private static List<List<AlertEvent>> groups(AlertEvent... events) {
        return Grouping.of(List.of(events).stream().map(Events::record).toList(), 50).stream()
                .map(group -> group.stream().map(AlertRecord::event).toList())
                .toList();
    }
}
