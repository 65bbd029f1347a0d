package io.vedette.ingest.cards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vedette.ingest.cards.CardFailure.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CardThreadTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final AtomicLong nanos = new AtomicLong(-5);
    private final Alarms alarms = new Alarms();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean fails;
    private final CardThread<Integer> thread = new CardThread<>(FakePass::new, alarms, nanos::get);

    /** A timer whose hand the test moves. */
    private static final class Alarms extends ScheduledThreadPoolExecutor {
        private volatile Runnable last = () -> {};

        private Alarms() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            last = task;
            return super.schedule(() -> {}, 0, TimeUnit.NANOSECONDS);
        }
    }

    private final class FakePass implements CardThread.Pass<Integer> {
        private final Progress progress;

        private FakePass(Progress progress) {
            this.progress = progress;
            opened.incrementAndGet();
        }

        @Override
        public Integer run() throws CardFailure {
            progress.begin("nvmlX");
            awaitGate();
            progress.end();
            if (fails) {
                throw new CardFailure(Kind.FAILED, "no");
            }
            return opened.get();
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private void awaitGate() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void end() {
        gate.countDown();
        thread.close();
        ScheduledExecutorService timer = alarms;
        var unused = timer.shutdownNow();
    }

    private static void advance(AtomicLong clock, Duration time) {
        clock.addAndGet(time.toNanos());
    }

    /** Hangs in a call until the timeout; what came of it. */
    private CompletableFuture<Integer> hang() {
        gate = new CountDownLatch(1);
        CompletableFuture<Integer> answer = thread.run(TIMEOUT);
        await().atMost(SOON).until(() -> gateIsReached(answer));
        advance(nanos, TIMEOUT);
        alarms.last.run();
        return answer;
    }

    private static boolean gateIsReached(CompletableFuture<Integer> answer) {
        return !answer.isDone()
                && Thread.getAllStackTraces().entrySet().stream()
                        .filter(entry -> entry.getKey().getName().equals("vedette-agent-cards"))
                        .anyMatch(entry -> Arrays.stream(entry.getValue())
                                .anyMatch(frame -> frame.getMethodName().equals("awaitGate")));
    }

    @Test
    void readsAgainAndAgainInOneThread() {
        assertThat(thread.run(TIMEOUT).join()).isEqualTo(1);
        assertThat(thread.run(TIMEOUT).join()).isEqualTo(1);
        assertThat(closed).hasValue(0);
    }

    @Test
    void beginsAnewAfterAFailure() {
        fails = true;
        assertThatThrownBy(() -> thread.run(TIMEOUT).join()).hasRootCauseMessage("no");
        fails = false;
        assertThat(thread.run(TIMEOUT).join()).isEqualTo(2);
        assertThat(closed).hasValue(1);
    }

    @Test
    void keepsAThreadThatIsOnlySlow() {
        gate = new CountDownLatch(1);
        CompletableFuture<Integer> late = thread.run(TIMEOUT);
        await().atMost(SOON).until(() -> gateIsReached(late));
        advance(nanos, Duration.ofMillis(1_400));
        alarms.last.run();

        assertThatThrownBy(late::join).hasMessageContaining("reading takes longer than 3s; it is at nvmlX");
        assertThat(thread.givenUp()).isZero();

        CompletableFuture<Integer> next = thread.run(TIMEOUT);
        gate.countDown();
        assertThat(next.join()).as("the same pass goes on").isEqualTo(1);
    }

    @Test
    void givesUpAThreadThatHangsAndWaitsLongerEachTime() {
        assertThatThrownBy(hang()::join).hasMessageContaining("nvmlX has not come back for 3s");
        assertThat(thread.givenUp()).isEqualTo(1);
        assertThatThrownBy(() -> thread.run(TIMEOUT).join())
                .hasMessageContaining("nvmlX has not come back; it is tried again in 30s");

        advance(nanos, Duration.ofSeconds(30));
        assertThatThrownBy(hang()::join).hasMessageContaining("nvmlX has not come back for 3s");
        assertThatThrownBy(() -> thread.run(TIMEOUT).join()).hasMessageContaining("it is tried again in 1m");
        assertThat(opened).hasValue(2);
    }

    @Test
    void aThreadThatComesBackEndsAndMakesRoom() {
        CountDownLatch first;
        var unused = hang();
        first = gate;
        assertThat(thread.givenUp()).isEqualTo(1);

        first.countDown();
        await().atMost(SOON).until(() -> thread.givenUp() == 0);

        assertThat(thread.run(TIMEOUT).join()).as("a new thread, at once").isEqualTo(2);
    }
}
