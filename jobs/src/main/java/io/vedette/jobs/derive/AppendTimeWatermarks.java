package io.vedette.jobs.derive;

import io.vedette.jobs.track.TargetTracker;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * The watermark of a partition: its newest append time less 2 s, in whole seconds, emitted on records alone, so that results do not depend on the
 * machine's speed. No sample's own time moves it.
 */
final class AppendTimeWatermarks implements WatermarkGenerator<SampleRecord> {
    static final long BEHIND_MILLIS = TargetTracker.BEHIND_MILLIS;
    private static final long STEP_MILLIS = 1_000;

    private long emitted = Long.MIN_VALUE;

    static WatermarkStrategy<SampleRecord> strategy() {
        return WatermarkStrategy.<SampleRecord>forGenerator(context -> new AppendTimeWatermarks())
                .withTimestampAssigner((record, timestamp) -> record.appendMillis());
    }

    @Override
    public void onEvent(SampleRecord record, long appendMillis, WatermarkOutput output) {
        long watermark = Math.floorDiv(appendMillis - BEHIND_MILLIS, STEP_MILLIS) * STEP_MILLIS;
        if (watermark > emitted) {
            emitted = watermark;
            output.emitWatermark(new Watermark(watermark));
        }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        // Records alone move the watermark.
    }
}
