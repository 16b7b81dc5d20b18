package main

import (
	"context"
	"fmt"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/tribes"
)

// replacedBy returns the run of the main line that p's run takes the place of: the one of the same moment
// that counts until now, or did before where that is the same; none where ok is false.
func replacedBy(ctx context.Context, db *sqlite.DB, r data.Run) (was data.RunRecord, ok bool, err error) {
	runs, err := db.Runs(ctx)
	if err != nil {
		return was, false, err
	}
	for _, x := range runs {
		if x.Main && r.Main && x.AsOf.Equal(r.AsOf) && x.ID != r.ID {
			was, err = db.Record(ctx, x.ID)
			return was, err == nil, err
		}
	}
	return was, false, nil
}

// carryOn decides anew about the tribes of r what was decided about those of the run it takes the place
// of, and says what holds for none of them.
func (a *app) carryOn(ctx context.Context, db *sqlite.DB, r data.RunRecord) error {
	if r.TooFew {
		return nil // it takes nobody's place
	}
	all, err := db.TribeDecisions(ctx)
	if err != nil || len(all) == 0 {
		return err
	}
	was, ok, err := replacedBy(ctx, db, r.Run)
	if err != nil || !ok {
		return err
	}
	anew, lost := tribes.CarriedOn(was, r, all)
	for _, d := range anew {
		if d.Num, err = db.DecideTribe(ctx, d); err != nil {
			return err
		}
		if err := db.Audit(ctx, "tribe "+string(d.Kind), fmt.Sprintf("d%d", d.Num)); err != nil {
			return err
		}
		a.log("cluster", "d%d: %s, as most people of the tribe that was decided about in run %s are in it", d.Num, told(d), was.ID)
	}
	for _, d := range lost {
		a.warn("d%d (%s) is about a tribe of run %s, which no tribe of run %s carries on: decide anew, or tribu tribe undo d%d", d.Num, told(d), was.ID, r.ID, d.Num)
	}
	return nil
}
