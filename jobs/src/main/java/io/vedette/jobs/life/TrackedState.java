package io.vedette.jobs.life;

import io.vedette.jobs.rules.EntityState;

/**
 * What is remembered of an entity's state from one frame to the next. Times are Unix milliseconds.
 *
 * @param sinceMillis when the state began
 * @param heardMillis when something was last heard of the entity, good or bad
 * @param everUp whether it was up at any time
 * @param downSinceMillis since when it is not up; 0 while it is
 */
public record TrackedState(
        EntityState state, long sinceMillis, long heardMillis, boolean everUp, long downSinceMillis) {}
