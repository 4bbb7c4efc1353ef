# KLayout script: a layout as a picture.
#   klayout -b -r scripts/picture.py -rd input=DIR/layout.gds -rd lyp=DIR/layout.lyp -rd png=picture.png -rd size=900
import pya

view = pya.LayoutView()
view.set_config("background-color", "#ffffff")
view.set_config("grid-visible", "false")
view.set_config("text-visible", "true")
view.load_layout(input, True)
view.load_layer_props(lyp)
view.max_hier()
view.zoom_fit()
view.save_image(png, int(size), int(size))
