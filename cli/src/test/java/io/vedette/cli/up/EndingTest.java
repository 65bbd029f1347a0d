package io.vedette.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class EndingTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final StringWriter err = new StringWriter();
    private final List<Integer> halts = new CopyOnWriteArrayList<>();

    @Test
    void tellsAFailureAtOnceAndEndsTheProcessThoughNothingStops() throws InterruptedException {
        Ending ending = ending(Duration.ofMillis(1));

        ending.failed("the disk is full");

        assertThat(err).hasToString("vedette: the disk is full" + System.lineSeparator());
        await().atMost(LONG).until(() -> halts.equals(List.of(1)));
        assertThat(ending.await()).isFalse();
    }

    @Test
    void endsAsAskedAtTheFirstInterruptAndAtOnceAtTheSecond() throws InterruptedException {
        Ending ending = ending(LONG);

        ending.interrupted(1);
        assertThat(ending.await()).isTrue();
        assertThat(halts).isEmpty();

        ending.interrupted(2);
        assertThat(halts).containsExactly(130);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void anInterruptTooMayNotTakeForEver() {
        ending(Duration.ofMillis(1)).interrupted(1);

        await().atMost(LONG).until(() -> halts.equals(List.of(0)));
    }

    @Test
    void whatHappensFirstDecides() throws InterruptedException {
        Ending ending = ending(LONG);

        ending.failed("job derive has ended");
        ending.failed("the disk is full");
        ending.interrupted(1);

        assertThat(ending.await()).isFalse();
        assertThat(err.toString().lines()).containsExactly("vedette: job derive has ended");
    }

    private Ending ending(Duration limit) {
        return new Ending(limit, halts::add, new PrintWriter(err));
    }
}
