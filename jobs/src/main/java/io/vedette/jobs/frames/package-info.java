@NullMarked
package io.vedette.jobs.frames;

import org.jspecify.annotations.NullMarked;
