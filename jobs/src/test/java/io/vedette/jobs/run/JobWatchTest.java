package io.vedette.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.Test;

class JobWatchTest {
    private final List<String> news = new ArrayList<>();
    private final JobWatch watch = new JobWatch("derive", Duration.ofSeconds(5), new JobListener() {
        @Override
        public void restarts(String job, String cause) {
            news.add(job + " restarts: " + cause);
        }

        @Override
        public void runsAgain(String job) {
            news.add(job + " runs again");
        }

        @Override
        public void ended(String job, String cause) {
            news.add(job + " ended: " + cause);
        }
    });

    private int second;

    @Test
    void saysNothingOfAJobThatRuns() {
        observe(JobStatus.INITIALIZING, false, 0);
        observe(JobStatus.CREATED, false, 0);
        observe(JobStatus.RUNNING, false, 0);
        observe(JobStatus.RUNNING, true, 0);

        assertThat(news).isEmpty();
    }

    @Test
    void tellsOfAFailureOnceUntilTheJobHasRunForAWhile() {
        observe(JobStatus.RUNNING, true, 0);
        observe(JobStatus.RESTARTING, false, 0);
        observe(JobStatus.RESTARTING, false, 0);
        observe(JobStatus.RUNNING, false, 3);
        observe(JobStatus.RUNNING, true, 3);
        second += 4;
        observe(JobStatus.RESTARTING, false, 3);
        observe(JobStatus.RUNNING, true, 6);
        observe(JobStatus.RUNNING, true, 6);
        second += 3;
        observe(JobStatus.RUNNING, true, 6);
        assertThat(news).containsExactly("derive restarts: IllegalStateException: of 1");

        second += 1;
        observe(JobStatus.RUNNING, true, 6);
        observe(JobStatus.RUNNING, true, 6);
        assertThat(news).containsExactly("derive restarts: IllegalStateException: of 1", "derive runs again");

        observe(JobStatus.RESTARTING, false, 6);
        assertThat(news).hasSize(3).last().isEqualTo("derive restarts: IllegalStateException: of 19");
    }

    @Test
    void noticesARestartBetweenTwoLooks() {
        observe(JobStatus.RUNNING, true, 0);
        observe(JobStatus.RUNNING, true, 2);

        assertThat(news).containsExactly("derive restarts: IllegalStateException: of 1");
    }

    @Test
    void tellsOfTheEndOnce() {
        observe(JobStatus.RUNNING, true, 0);
        observe(JobStatus.FAILING, false, 0);
        observe(JobStatus.FAILED, false, 0);
        observe(JobStatus.FAILED, false, 0);

        assertThat(news).containsExactly("derive ended: IllegalStateException: of 2");
    }

    @Test
    void saysThatThereIsNoReason() {
        watch.observe(new JobSight(JobStatus.FINISHED, true, 0, Optional.empty()), 0);

        assertThat(news).containsExactly("derive ended: Flink gives no reason");
    }

    /** A second after the last one. */
    private void observe(JobStatus status, boolean runs, long restarts) {
        Optional<Throwable> failure =
                Optional.of(new RuntimeException("wrapped", new IllegalStateException("of " + second)));
        watch.observe(
                new JobSight(status, runs, restarts, failure),
                Duration.ofSeconds(second).toNanos());
        second++;
    }
}
