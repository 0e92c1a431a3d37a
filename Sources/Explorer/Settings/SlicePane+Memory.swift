import Raster

extension SlicePane {
    func picture(_ context: Context) -> Pixels? {
        guard mode == .image, let values, values.request.form == .numbers, let picture else {
            return nil
        }
        let plane = picture.plane
        let scale = max(1, min(8, 1024 / max(1, plane.rows, plane.columns)))
        return Pixels(plane, picture.normalization, ramp(context).palette, scale: scale)
    }
}
